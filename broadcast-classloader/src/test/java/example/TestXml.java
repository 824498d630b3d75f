package example;

import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;

/** An XML factory that is found and never used. */
public final class TestXml extends DocumentBuilderFactory {
    @Override
    public DocumentBuilder newDocumentBuilder() {
        return null;
    }

    @Override
    public void setAttribute(String name, Object value) {}

    @Override
    public Object getAttribute(String name) {
        return null;
    }

    @Override
    public void setFeature(String name, boolean value) {}

    @Override
    public boolean getFeature(String name) {
        return false;
    }
}
