package io.bootcast.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bootcast.index.TestJar;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes that an agent looks at and changes. Oracle: a real {@code java -cp} with the same agent. */
class AgentTest extends LoaderFixture {
    /** The wrapper asks the parent first where there is an agent; the transformer sees the same either way. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void classWhenTransformedIsSeenAsUnderStockJava(boolean parentFirst) throws Exception {
        Path agent = new TestJar()
                .manifest("Premain-Class: example.RecordingAgent")
                .classes(TestClasses.of(example.RecordingAgent.class))
                .write(directory.resolve("agent.jar"));
        Path jar = new TestJar()
                .stored(
                        "p/Stored.class",
                        new TestClasses()
                                .add("p.Stored", source("p.Stored", "before"))
                                .compile()
                                .get("p.Stored"))
                .classes(new TestClasses()
                        .add("p.Deflated", source("p.Deflated", "before"))
                        .compile())
                .write(directory.resolve("a.jar"));
        Path root = classDirectory(
                "classes",
                new TestClasses().add("p.File", source("p.File", "before")).compile());
        TwoJvms jvms = new TwoJvms(directory).options("-javaagent:" + agent);
        if (parentFirst) {
            jvms.parentFirst();
        }

        List<String> said = jvms.assertSame(
                TwoJvms.path(programJar(example.AgentApp.class), jar, root),
                "example.AgentApp",
                "p.Stored",
                "p.Deflated",
                "p.File");

        assertEquals(6, said.size());
        assertTrue(said.get(0).startsWith("transform p/Stored loader of the context=true bytes="), said.get(0));
        assertTrue(said.get(1).startsWith("p.Stored says after! file="), said.get(1));
    }
}
