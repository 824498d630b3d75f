package io.bootcast.build.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each kind of evidence, by small programs. */
class AnalysisTest {
    /** The class path of {@code Main} with this body, and {@code more}. */
    private static ReachTestClasses main(String body, String... more) {
        ReachTestClasses classes = new ReachTestClasses()
                .add("class Main { public static void main(String[] a) throws Exception { " + body + " } }");
        Arrays.stream(more).forEach(classes::add);
        return classes;
    }

    @Test
    void entryPointIsReachedFirst() {
        List<Reached> all = main("new A();", "class A {}").reach().all();

        assertEquals(
                List.of(
                        new Reached("p.Main", Evidence.ENTRY, "", "", 0),
                        new Reached("p.A", Evidence.CODE, "p.Main.main", "p.Main", 0)),
                all);
    }

    @Test
    void classThatNobodyNamesIsNotReached() {
        assertEquals("", main("", "class A {}").why("A"));
    }

    @Test
    void supertypesOfWhatIsReachedAreReached() {
        ReachTestClasses classes = main("new A();", "class A extends B {} class B implements C {} interface C {}");

        assertEquals("p.B: supertype of p.A", classes.why("B"));
        assertEquals("p.C: supertype of p.B", classes.why("C"));
    }

    @Test
    void methodThatRunsReachesWhatItNames() {
        ReachTestClasses classes = main(
                "A.run();",
                "class A { static void run() { new B[1].toString(); int i = C.field; } static void idle() { new D(); } }",
                "class B {} class C { static int field = 1; } class D {}");

        assertEquals("p.B: code of p.A.run", classes.why("B"));
        assertEquals("p.C: code of p.A.run", classes.why("C"));
        assertEquals("", classes.why("D"));
    }

    @Test
    void staticInitialiserRunsWhenItsClassIsUsed() {
        assertEquals(
                "p.B: code of p.A.<clinit>",
                main("A.run();", "class A { static Object o = new B(); static void run() {} } class B {}")
                        .why("B"));
    }

    @Test
    void overridingMethodRunsIfItsClassIsMade() {
        ReachTestClasses classes = main(
                "I i = a.length > 0 ? null : new A(); i.run();",
                "interface I { void run(); }",
                "class A implements I { public void run() { new OfA(); } } class OfA {}",
                "class B implements I { public void run() { new OfB(); } } class OfB {}");

        assertEquals("p.OfA: code of p.A.run", classes.why("OfA"));
        assertEquals("", classes.why("B"));
        assertEquals("", classes.why("OfB"));
    }

    @Test
    void methodThatTheJdkCallsRuns() {
        assertEquals(
                "p.B: code of p.A.compare",
                main(
                                "java.util.Collections.sort(new java.util.ArrayList<String>(), new A());",
                                "class A implements java.util.Comparator<String> { public int compare(String s, String t) { new B(); return 0; } }",
                                "class B {}")
                        .why("B"));
    }

    @Test
    void codeAfterUseOfWhatNobodyMakesComesLate() {
        Reachability reached = main(
                        "A a1 = A.find(); if (a1 != null) { a1.use(); new B(); } new C();",
                        "class A { static A find() { return null; } void use() {} } class B {} class C {}")
                .reach();

        assertEquals(
                Doubt.UNSEEN + Doubt.BRANCH, reached.find("p.B").orElseThrow().doubt());
        assertEquals(0, reached.find("p.C").orElseThrow().doubt());
    }

    @Test
    void codeAfterUseIsReachedOnceSomebodyMakesIt() {
        Reached reached = new ReachTestClasses()
                .add("class Main { static A a1; public static void main(String[] a) { use(); make(); }"
                        + " static void use() { a1.use(); new B(); } static void make() { a1 = new A(); } }")
                .add("class A { void use() {} } class B {}")
                .reach()
                .find("p.B")
                .orElseThrow();

        assertEquals(new Reached("p.B", Evidence.CODE, "p.Main.use", "p.Main", 0), reached);
    }

    @Test
    void conditionalCodeComesAfterCodeWithoutCondition() {
        Reachability reached = main("if (a.length > 0) { new A(); } new B();", "class A {} class B {}")
                .reach();

        assertEquals(
                List.of("p.Main", "p.B", "p.A"),
                reached.all().stream().map(Reached::name).toList());
    }

    @Test
    void codeThatFailsComesLast() {
        Reachability reached = main(
                        "try { if (a.length > 9) { throw new RuntimeException(A.text()); } } catch (RuntimeException e) { new B(); }",
                        "class A { static String text() { return null; } } class B {}")
                .reach();

        assertTrue(reached.find("p.A").orElseThrow().doubt() >= Doubt.LAST);
        assertTrue(reached.find("p.B").orElseThrow().doubt() >= Doubt.LAST);
    }

    @Test
    void verifierLoadsWhatItComparesInMethodsThatDoNotRun() {
        ReachTestClasses classes = main(
                "A.run();",
                "class A { static void run() {} static B idle(C c) { return c; } static I other(D d) { return d; }"
                        + " static void caught() { try { run(); } catch (E e) { } } }",
                "class B {} class C extends B {} interface I {} class D implements I {} class E extends RuntimeException {}");

        assertEquals("p.B: verification of p.A", classes.why("B"));
        assertEquals("p.C: verification of p.A", classes.why("C"));
        assertEquals("p.I: verification of p.A", classes.why("I"));
        assertEquals("", classes.why("D"));
        assertEquals("p.E: verification of p.A", classes.why("E"));
    }

    @Test
    void verifierComparesWhereBranchesMeet() {
        ReachTestClasses classes = main(
                "A.run();",
                "class A { static void run() {} static void idle(boolean b, C c, D d) { B x; if (b) { x = c; } else { x = d; } x.toString(); x.b(); } }",
                "class B { void b() {} } class C extends B {} class D extends B {}");

        assertEquals("p.C: verification of p.A", classes.why("C"));
        assertEquals("p.D: verification of p.A", classes.why("D"));
    }

    @Test
    void lambdaAndMethodReferenceRun() {
        ReachTestClasses classes = main(
                "I i = () -> new A(); i.run(); I j = B::run; j.run(); I k = C::new; k.run();",
                "interface I { void run(); } class A {} class B { static void run() { new OfB(); } } class OfB {} class C {}");

        assertEquals("p.I: invokedynamic in p.Main.main", classes.why("I"));
        assertEquals("p.A: code of p.Main.lambda$main$0", classes.why("A"));
        assertEquals("p.OfB: code of p.B.run", classes.why("OfB"));
        assertEquals("p.C: code of p.Main.main", classes.why("C"));
    }

    @Test
    void classConstantIsMade() {
        ReachTestClasses classes = main("Object o = A.class;", "class A { A() { new B(); } } class B {}");

        assertEquals("p.A: class constant in p.Main.main", classes.why("A"));
        assertEquals("p.B: code of p.A.<init>", classes.why("B"));
    }

    @Test
    void forNameWithConstantIsFollowed() {
        ReachTestClasses classes = main(
                "Class.forName(\"p.A\"); Class.forName(\"p.B\", true, Main.class.getClassLoader()).getName();"
                        + " Main.class.getClassLoader().loadClass(\"p.C\");",
                "class A { static { new OfA(); } } class OfA {} class B {} class C {}");

        assertEquals("p.A: Class.forName in p.Main.main", classes.why("A"));
        assertEquals("p.OfA: code of p.A.<clinit>", classes.why("OfA"));
        assertEquals("p.B: Class.forName in p.Main.main", classes.why("B"));
        assertEquals("p.C: Class.forName in p.Main.main", classes.why("C"));
    }

    @Test
    void stringThatNamesClassIsWeakEvidence() {
        Reachability reached =
                main("String s = \"p.A\"; String t = \"p.none\";", "class A {}").reach();

        assertEquals(
                new Reached("p.A", Evidence.STRING, "p.Main.main", "p.Main", Doubt.STRING),
                reached.find("p.A").orElseThrow());
    }

    @Test
    void serviceFileOfReachedTypeGivesProviders() {
        ReachTestClasses classes = main(
                        "java.util.ServiceLoader.load(S.class);",
                        "interface S {} interface Other {} class A implements S { A() { new OfA(); } } class OfA {} class B implements Other {}")
                .file("META-INF/services/p.S", "# p.Comment\np.A # the only one\n")
                .file("META-INF/services/p.Other", "p.B\n");

        assertEquals("p.A: service file META-INF/services/p.S in test.jar", classes.why("A"));
        assertEquals("p.OfA: code of p.A.<init>", classes.why("OfA"));
        assertEquals("", classes.why("B"));
    }

    @Test
    void serviceFileOfJdkTypeGivesProvidersIfItsPackageIsUsed() {
        ReachTestClasses classes = main("java.sql.DriverManager.getDrivers();", "class A {} class B {}")
                .file("META-INF/services/java.sql.Driver", "p.A")
                .file("META-INF/services/javax.script.ScriptEngineFactory", "p.B");

        assertEquals("p.A: service file META-INF/services/java.sql.Driver in test.jar", classes.why("A"));
        assertEquals("", classes.why("B"));
    }

    @Test
    void moduleDescriptorGivesProviders() throws Exception {
        org.objectweb.asm.ClassWriter writer = new org.objectweb.asm.ClassWriter(0);
        writer.visit(
                org.objectweb.asm.Opcodes.V17, org.objectweb.asm.Opcodes.ACC_MODULE, "module-info", null, null, null);
        writer.visitModule("m", 0, null).visitProvide("p/S", "p/A");
        writer.visitEnd();

        String why = main("java.util.ServiceLoader.load(S.class);", "interface S {} class A implements S {}")
                .file("module-info.class", writer.toByteArray())
                .why("A");

        assertEquals("p.A: module descriptor module-info.class in test.jar", why);
    }

    @Test
    void fileThatIsNamedInStringGivesItsClasses() {
        assertEquals(
                "p.A: name in META-INF/x.factories in test.jar",
                main("Main.class.getResource(\"/META-INF/x.factories\");", "class A {}")
                        .file("META-INF/x.factories", "some.key=p.A,\\\np.Missing\n")
                        .why("A"));
    }

    @Test
    void annotationsOfReflectedClassAreReached() {
        ReachTestClasses classes = main(
                "Object o = A.class; new Plain();",
                "import java.lang.annotation.*; @Retention(RetentionPolicy.RUNTIME) @interface Seen { Class<?> value() default Object.class; Deep[] deep() default {}; }"
                        + " @Retention(RetentionPolicy.RUNTIME) @interface Deep { Level value(); } @interface Unseen {} enum Level { ONE }",
                "@Seen(value = V.class, deep = @Deep(Level.ONE)) @Unseen class A { @Called void callback() { new B(); } void other() { new C(); } }"
                        + " class V {} class B {} class C {} @Only class Plain {}",
                "import java.lang.annotation.*; @Retention(RetentionPolicy.RUNTIME) @interface Called {} @Retention(RetentionPolicy.RUNTIME) @interface Only {}");

        assertEquals("p.Seen: annotation of p.A", classes.why("Seen"));
        assertEquals("p.Deep: annotation of p.A", classes.why("Deep"));
        assertEquals("p.Level: annotation of p.A", classes.why("Level"));
        assertEquals("p.V: annotation of p.A", classes.why("V"));
        assertEquals("p.Called: annotation of p.A", classes.why("Called"));
        assertEquals("p.B: code of p.A.callback", classes.why("B"));
        assertEquals("", classes.why("C"));
        assertEquals("", classes.why("Unseen"));
        assertEquals("", classes.why("Only"));
    }

    @Test
    void typesOfMembersOfReflectedClassComeLast() {
        Reachability reached = main(
                        "Object o = A.class;",
                        "class A { B field; C method(D[] d) { return null; } } class B {} class C {} class D {}",
                        "record R(E e) {} class E {}")
                .reach();

        for (String name : List.of("p.B", "p.C", "p.D")) {
            assertEquals(
                    new Reached(name, Evidence.SIGNATURE, "p.A", "p.A", Doubt.LAST),
                    reached.find(name).orElseThrow());
        }
        assertTrue(reached.find("p.E").isEmpty());
    }

    @Test
    void loadListIsReachedWithItsSupertypes() {
        Entries entries = main("", "class A extends B {} class B {}").entries();

        Reachability reached = Analysis.of(entries, List.of("p.Main"), List.of("p.A"));

        assertEquals("p.A: load list", reached.find("p.A").orElseThrow().describe());
        assertEquals("p.B: supertype of p.A", reached.find("p.B").orElseThrow().describe());
    }

    @Test
    void agentsAndInheritedMainsRun() {
        ReachTestClasses classes = new ReachTestClasses()
                .add(
                        "class Main extends Parent {} class Parent { public static void main(String[] a) { new A(); } } class A {}")
                .add("class Agent { public static void agentmain(String s) { new B(); } } class B {}");

        assertEquals("p.A: code of p.Parent.main", classes.why("A"));
        assertTrue(Analysis.of(classes.entries(), List.of("p.Agent"), List.of())
                .find("p.B")
                .isPresent());
    }

    @Test
    void chainLeadsBackToTheEntryPoint() {
        Reachability reached = main(
                        "A.run();",
                        "class A { static void run() { java.util.ServiceLoader.load(S.class); } } interface S {} class P implements S {}")
                .file("META-INF/services/p.S", "p.P")
                .reach();

        List<String> chain =
                reached.chain("p.P").stream().map(Reached::describe).toList();

        assertEquals(
                List.of(
                        "p.P: service file META-INF/services/p.S in test.jar",
                        "p.A: code of p.Main.main",
                        "p.Main: entry point"),
                chain);
        assertEquals(List.of(), reached.chain("p.None"));
    }

    @Test
    void cyclesOfCallsAndTypesEnd() {
        ReachTestClasses classes = main(
                "A.run();",
                "class A extends B { static void run() { B.run2(); } static class In extends A {} }"
                        + " class B { static A.In field = new A.In(); static void run2() { A.run(); } }");

        assertEquals("p.A$In: code of p.B.<clinit>", classes.why("A$In"));
    }

    @Test
    void absentClassIsNamedWithWhoNeedsIt() {
        Reachability reached = main(
                        "new Gone(); if (a.length > 0) { if (a.length > 1) { new Optional(); } }"
                                + " try { Class.forName(\"q.Unknown\"); } catch (ClassNotFoundException e) { new Fallback(); }",
                        "class Gone {} class Optional {} class Fallback {}")
                .without("Gone")
                .without("Optional")
                .without("Fallback")
                .reach();

        assertEquals(
                List.of(
                        new Absent("p.Gone", Evidence.CODE, "p.Main.main", true),
                        new Absent("p.Optional", Evidence.CODE, "p.Main.main", false),
                        new Absent("p.Fallback", Evidence.CODE, "p.Main.main", false)),
                reached.absent());
    }

    @Test
    void absentSupertypeIsNamedOnce() {
        Reachability reached = main(
                        "new A(); new B();", "class Gone {} class A extends Gone {} class B extends Gone {}")
                .without("Gone")
                .reach();

        assertEquals(List.of(new Absent("p.Gone", Evidence.SUPERTYPE, "p.A", true)), reached.absent());
    }

    @Test
    void brokenFilesAreNotedAndTheRestGoesOn() {
        byte[] whole = new ReachTestClasses()
                .add("class Z { Object o() { return new A(); } } class A {}")
                .compile()
                .get("p/Z.class");
        ReachTestClasses classes = main(
                        "new B(); new C(); new D(); new A();", "class A {} class B {} class C {} class D {}")
                .file("p/B.class", "no class file")
                .file("p/C.class", new byte[0])
                .file("p/D.class", whole);

        Reachability reached = classes.reach();

        assertEquals(
                "p.A: code of p.Main.main", reached.find("p.A").orElseThrow().describe());
        assertTrue(reached.find("p.B").isPresent());
        assertEquals(3, reached.broken().size(), reached.broken()::toString);
        assertTrue(
                reached.broken()
                        .contains("entry=p/C.class element=test.jar reason=java.io.IOException: cannot be read"),
                reached.broken()::toString);
        assertTrue(
                reached.broken().contains("entry=p/D.class element=test.jar reason=is class p/Z"),
                reached.broken()::toString);
    }

    @Test
    void classFileCutAnywhereIsNeverAnException() {
        byte[] whole = new ReachTestClasses()
                .add(
                        "class A { Object o(int i) { switch (i) { case 1: return \"p.B\"; default: return (Runnable) () -> new B(); } } } class B {}")
                .compile()
                .get("p/A.class");

        ReachTestClasses classes = main("new A();", "class A {}");

        for (int length = 1; length < whole.length; length++) {
            Reachability reached =
                    classes.file("p/A.class", Arrays.copyOf(whole, length)).reach();

            assertTrue(reached.find("p.A").isPresent(), "length=" + length);
        }
    }

    @Test
    void markedIsAtMostHalfOfTheClassPath() {
        Reachability reached =
                main("new A();", "class A {} class B {} class C {} class D {}").reach();

        assertEquals(5, reached.classCount());
        assertEquals(
                List.of("p.Main", "p.A"),
                reached.marked().stream().map(Reached::name).toList());
    }

    @Test
    void sameClassPathGivesTheSameAnswer() {
        ReachTestClasses classes =
                main("if (a.length > 0) { new A(); } else { new B(); }", "class A extends C {} class B {} class C {}");

        assertEquals(ReachedFile.write(classes.reach()), ReachedFile.write(classes.reach()));
    }
}
