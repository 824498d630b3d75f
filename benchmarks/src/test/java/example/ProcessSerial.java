package example;

import java.beans.XMLDecoder;
import java.beans.XMLEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.rmi.MarshalledObject;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.registry.LocateRegistry;
import java.rmi.registry.Registry;
import java.rmi.server.UnicastRemoteObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;

/** Writes objects of its own classes and reads them back: by serialisation, by RMI over loopback, as XML. */
public final class ProcessSerial {
    private ProcessSerial() {}

    /** Compares what JDK code sorts while it reads. */
    public static final class ByLength implements Comparator<String>, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public int compare(String a, String b) {
            return a.length() != b.length() ? a.length() - b.length() : a.compareTo(b);
        }
    }

    /** A key whose hash JDK code asks for while it reads. */
    public record Key(String name) implements Serializable {}

    /** A constant. */
    public enum Colour {
        /** The one. */
        RED {
            @Override
            public String toString() {
                return "red";
            }
        }
    }

    /** Is written as another and resolves to a third. */
    public static final class Replaced implements Serializable {
        private static final long serialVersionUID = 1;

        private Object writeReplace() {
            return new Stand("in");
        }
    }

    private static final class Stand implements Serializable {
        private static final long serialVersionUID = 1;
        private final String text;

        Stand(String text) {
            this.text = text;
        }

        private Object readResolve() {
            return "resolved " + text;
        }
    }

    /** Reads and writes itself. */
    public static final class Own implements Externalizable {
        private static final long serialVersionUID = 1;
        private String text = "";

        /** For reading. */
        public Own() {}

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            out.writeUTF("external");
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException {
            text = in.readUTF();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Answers for a proxy. */
    public static final class Answers implements InvocationHandler, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return method.getName().equals("get") ? "proxied" : "a proxy";
        }
    }

    /** A bean for XML. */
    public static final class Bean {
        private String name = "";
        private List<Bean> parts = new ArrayList<>();

        /** The bean's. */
        public String getName() {
            return name;
        }

        /** The bean's. */
        public void setName(String name) {
            this.name = name;
        }

        /** The bean's. */
        public List<Bean> getParts() {
            return parts;
        }

        /** The bean's. */
        public void setParts(List<Bean> parts) {
            this.parts = parts;
        }

        @Override
        public String toString() {
            return name + parts;
        }
    }

    /** What a remote object does. */
    public interface Echo extends Remote {
        /** Sorts by the caller's comparator, and says where. */
        List<Object> sorted(Comparator<String> order, List<String> texts, Key key) throws RemoteException;
    }

    private static final class EchoServer implements Echo {
        @Override
        public List<Object> sorted(Comparator<String> order, List<String> texts, Key key) {
            List<String> sorted = new ArrayList<>(texts);
            sorted.sort(order);
            return List.of(sorted, key, Colour.RED);
        }
    }

    private static byte[] write(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    private static Object values() {
        Map<Object, Object> values = new HashMap<>();
        TreeMap<String, Colour> tree = new TreeMap<>(new ByLength());
        tree.put("long", Colour.RED);
        tree.put("b", Colour.RED);
        PriorityQueue<String> queue = new PriorityQueue<>(new ByLength());
        queue.addAll(List.of("ccc", "a", "bb"));
        values.put(new Key("tree"), tree);
        values.put(new Key("queue"), queue);
        values.put(new Key("replaced"), new Replaced());
        values.put(new Key("own"), new Own());
        values.put(new Key("class"), Key[].class);
        values.put(new Key("array"), new Key[][] {{new Key("x")}});
        values.put(new Key("lambda"), (Supplier<Object> & Serializable) () -> "a lambda's " + Colour.RED);
        values.put(
                new Key("proxy"),
                Proxy.newProxyInstance(
                        ProcessSerial.class.getClassLoader(),
                        new Class<?>[] {Supplier.class, Serializable.class},
                        new Answers()));
        return values;
    }

    private static String show(Object read) {
        TreeMap<String, Object> shown = new TreeMap<>();
        ((Map<?, ?>) read).forEach((key, value) -> {
            Object text = value instanceof Supplier ? ((Supplier<?>) value).get() : value;
            text = value instanceof PriorityQueue ? ((PriorityQueue<?>) value).poll() : text;
            text = value instanceof Key[][] ? ((Key[][]) value)[0][0] : text;
            shown.put(
                    ((Key) key).name(),
                    text + " " + (text.getClass().getClassLoader() == ProcessSerial.class.getClassLoader()));
        });
        return shown.toString();
    }

    /** See the class. */
    public static void main(String[] args) throws Exception {
        byte[] bytes = write(values());
        System.out.println("main " + show(read(bytes)));
        Thread other = new Thread(() -> printOr(() -> show(read(bytes))));
        other.setContextClassLoader(null);
        other.start();
        other.join();
        Callable<Object> task = () -> show(read(bytes));
        System.out.println("pool " + ForkJoinPool.commonPool().submit(task).get());
        System.out.println("marshalled " + show(new MarshalledObject<>(values()).get()));
        byte[] unknown = new String(write(new Key("x")), StandardCharsets.ISO_8859_1)
                .replace("ProcessSerial$Key", "ProcessSerial$Kez")
                .getBytes(StandardCharsets.ISO_8859_1);
        printOr(() -> read(unknown));
        xml();
        rmi();
    }

    private static void printOr(Callable<Object> task) {
        try {
            System.out.println("other " + task.call());
        } catch (Exception e) {
            System.out.println("other " + e);
        }
    }

    private static void xml() {
        Bean part = new Bean();
        part.setName("part");
        Bean bean = new Bean();
        bean.setName("whole");
        bean.getParts().add(part);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (XMLEncoder encoder = new XMLEncoder(bytes)) {
            encoder.writeObject(bean);
        }
        try (XMLDecoder decoder = new XMLDecoder(new ByteArrayInputStream(bytes.toByteArray()))) {
            System.out.println("xml " + decoder.readObject());
        }
    }

    private static void rmi() throws Exception {
        System.setProperty("java.rmi.server.hostname", "127.0.0.1");
        EchoServer server = new EchoServer();
        Registry registry = LocateRegistry.createRegistry(0);
        registry.bind("echo", UnicastRemoteObject.exportObject(server, 0));
        Echo echo = (Echo) registry.lookup("echo");
        System.out.println("rmi " + echo.sorted(new ByLength(), List.of("ccc", "a", "bb"), new Key("key")));
        UnicastRemoteObject.unexportObject(server, true);
        UnicastRemoteObject.unexportObject(registry, true);
    }
}
