package io.bootcast.build.reach;

import io.bootcast.build.reach.ClassFacts.Method;
import io.bootcast.build.reach.ClassFacts.Step;
import io.bootcast.build.reach.ClassFacts.Use;
import io.bootcast.build.reach.Event.Kind;
import io.bootcast.build.reach.Event.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;

/**
 * Which classes of a class path a program can reach, and how likely it is that it does.
 *
 * <p>Rapid type analysis: methods run from the entry point on; a call of an overridable method runs what the classes have of which objects are made, and the JDK may call what overrides a method of
 * the JDK. Code after a call or a field access needs an object of the type in question, and waits until there may be one: what a program does for things that nobody makes is left out. A class
 * that is linked loads what the verifier compares; that is a third of all that is loaded.
 *
 * <p>Nearly all of it is reached in the end, so the order counts. It is that of the shortest path, as Dijkstra's, with the lengths of {@link Doubt}.
 */
public final class Analysis {
    private final Names names;
    private final Types types;
    private final NamedFiles files;
    private final ModuleProviders modules;
    /** What is to happen, by doubt. Nothing is added before what happens now. */
    private final TreeMap<Integer, Queue<Event>> queue = new TreeMap<>();

    private final Map<String, Reached> reached = new LinkedHashMap<>();
    private final Map<String, Absent> absent = new LinkedHashMap<>();

    private Analysis(Entries entries) {
        this.names = new Names(entries);
        this.types = new Types(entries, names);
        this.files = new NamedFiles(entries, names, types);
        this.modules = new ModuleProviders(entries, names, types);
    }

    /**
     * What can be reached from {@code entryPoints}. Takes some seconds for 10,000 classes. A damaged class is noted, never an exception.
     *
     * @param entryPoints names of classes with methods that the JVM calls: main, premain, agentmain
     * @param loadList names of classes that an earlier run loaded; may be empty
     */
    public static Reachability of(Entries entries, List<String> entryPoints, List<String> loadList) {
        Analysis analysis = new Analysis(entries);
        for (String name : entryPoints) {
            analysis.enter(Names.internal(name));
        }
        Source source = new Source(Evidence.LOAD_LIST, "", "");
        for (String name : loadList) {
            analysis.push(Kind.MAKE, Names.internal(name), "", Doubt.NONE, source);
        }
        analysis.followAll();
        return analysis.result();
    }

    private void followAll() {
        while (!queue.isEmpty()) {
            Map.Entry<Integer, Queue<Event>> least = queue.firstEntry();
            while (!least.getValue().isEmpty()) {
                happen(least.getValue().remove());
            }
            queue.remove(least.getKey());
        }
    }

    private void enter(String name) {
        Source source = new Source(Evidence.ENTRY, "", "");
        push(Kind.LOAD, name, "", Doubt.NONE, source);
        push(Kind.MAKE, name, "", Doubt.NONE, source);
        for (TypeNode type : types.get(name).supertypes) {
            for (Method method : type.methods()) {
                if (method.key().matches("(main|premain|agentmain)\\(.*") || method.isConstructor()) {
                    push(Kind.RUN, name, method.key(), Doubt.NONE, source);
                }
            }
        }
    }

    private Reachability result() {
        List<Absent> missed = new ArrayList<>(absent.values());
        missed.sort(Comparator.comparing(one -> !one.likely()));
        List<String> broken = new ArrayList<>(types.broken());
        return new Reachability(List.copyOf(reached.values()), missed, broken, names.classCount());
    }

    private void push(Kind kind, String type, String key, int doubt, Source source) {
        queue.computeIfAbsent(doubt, unused -> new ArrayDeque<>()).add(new Event(kind, type, key, doubt, source));
    }

    private void happen(Event event) {
        TypeNode type = types.get(event.type());
        switch (event.kind()) {
            case LOAD -> load(type, event);
            case LINK -> link(type, event);
            case INITIALISE -> initialise(type, event);
            case HAVE_OBJECT -> haveObject(type, event.doubt());
            case MAKE -> make(type, event);
            case RUN -> run(type, event);
            case CALL -> call(type, event);
            case REFLECT -> reflect(type, event);
        }
    }

    private void load(TypeNode type, Event event) {
        if (type.loaded) {
            return;
        }
        type.loaded = true;
        provide(type, event);
        Source source = event.source();
        String name = Names.dotted(type.name);
        switch (type.home) {
            case JDK -> {
                // Of no interest here.
            }
            case NOWHERE -> {
                boolean likely =
                        event.doubt() <= Doubt.WARNING && source.evidence().mustBePresent();
                absent.put(name, new Absent(name, source.evidence(), source.from(), likely));
            }
            case CLASS_PATH -> {
                reached.put(
                        name, new Reached(name, source.evidence(), source.from(), source.fromClass(), event.doubt()));
                pushSupertypes(Kind.LOAD, type, event.doubt());
            }
        }
    }

    private void provide(TypeNode type, Event event) {
        for (String file : files.provided(type)) {
            read(file, event.doubt() + Doubt.SERVICE, Evidence.SERVICE, event.source());
        }
        String by = event.source().fromClass();
        modules.of(type.name).forEach((provider, where) -> {
            Source source = new Source(Evidence.MODULE, where, by);
            push(Kind.REFLECT, provider, "", event.doubt() + Doubt.MODULE, source);
        });
    }

    private void pushSupertypes(Kind kind, TypeNode type, int doubt) {
        if (type.facts.isPresent()) {
            Source source = ofClass(Evidence.SUPERTYPE, type);
            ClassFacts facts = type.facts.get();
            if (!facts.superName().isEmpty()) {
                push(kind, facts.superName(), "", doubt, source);
            }
            for (String implemented : facts.interfaces()) {
                push(kind, implemented, "", doubt, source);
            }
        }
    }

    private static Source ofClass(Evidence evidence, TypeNode type) {
        String name = Names.dotted(type.name);
        return new Source(evidence, name, name);
    }

    private void link(TypeNode type, Event event) {
        load(type, event);
        if (type.linked || !type.isOnClassPath() || type.facts.isEmpty()) {
            return;
        }
        type.linked = true;
        pushSupertypes(Kind.LINK, type, event.doubt());
        Source source = ofClass(Evidence.VERIFIER, type);
        for (Use use : type.facts.get().verified()) {
            push(Kind.LOAD, use.to(), "", event.doubt(), source);
            TypeNode to = types.get(use.to());
            if (to.facts.isEmpty() || !to.facts.get().is(Opcodes.ACC_INTERFACE)) {
                push(Kind.LOAD, use.from(), "", event.doubt(), source);
            }
        }
    }

    private void initialise(TypeNode type, Event event) {
        link(type, event);
        if (type.initialised || !type.isOnClassPath() || type.facts.isEmpty()) {
            return;
        }
        type.initialised = true;
        ClassFacts facts = type.facts.get();
        Source source = ofClass(Evidence.SUPERTYPE, type);
        push(Kind.INITIALISE, facts.superName(), "", event.doubt(), source);
        if (type.method("<clinit>()V").isPresent()) {
            push(Kind.RUN, type.name, "<clinit>()V", event.doubt(), event.source());
        }
    }

    private void haveObject(TypeNode type, int doubt) {
        for (TypeNode supertype : type.supertypes) {
            if (!supertype.hasObject) {
                supertype.hasObject = true;
                List<MethodRun> waiting = List.copyOf(supertype.waiting);
                supertype.waiting.clear();
                waiting.forEach(method -> proceed(method, doubt));
            }
        }
    }

    private void make(TypeNode type, Event event) {
        initialise(type, event);
        if (type.made || !type.isOnClassPath()) {
            return;
        }
        type.made = true;
        haveObject(type, event.doubt());
        for (TypeNode supertype : type.supertypes) {
            supertype.madeSubtypes.add(type);
            supertype.called.forEach((key, doubt) -> dispatch(supertype, type, key, Math.max(doubt, event.doubt())));
            if (!supertype.isOnClassPath()) {
                calledBack(type, supertype, event.doubt());
            }
        }
    }

    /** The JDK calls what overrides a method of the JDK. */
    private void calledBack(TypeNode type, TypeNode ofJdk, int doubt) {
        for (Method method : ofJdk.methods()) {
            if (!method.is(Opcodes.ACC_STATIC) && !method.is(Opcodes.ACC_PRIVATE) && !method.isConstructor()) {
                types.declaring(type, method.key())
                        .ifPresent(declaring -> push(
                                Kind.RUN,
                                declaring.name,
                                method.key(),
                                doubt + Doubt.CALLBACK,
                                ofClass(Evidence.CODE, type)));
            }
        }
    }

    private void call(TypeNode type, Event event) {
        load(type, event);
        if (type.isOnClassPath() && type.called.putIfAbsent(event.key(), event.doubt()) == null) {
            for (TypeNode made : type.madeSubtypes) {
                dispatch(type, made, event.key(), event.doubt());
            }
        }
    }

    private void dispatch(TypeNode called, TypeNode made, String key, int doubt) {
        types.declaring(made, key).filter(TypeNode::isOnClassPath).ifPresent(declaring -> {
            int doublings = 31 - Integer.numberOfLeadingZeros(called.madeSubtypes.size());
            int more = declaring == called ? 0 : Doubt.OVERRIDE + doublings * Doubt.MANY_OVERRIDE;
            push(Kind.RUN, declaring.name, key, doubt + more, ofClass(Evidence.CODE, made));
        });
    }

    private void run(TypeNode type, Event event) {
        if (!type.isOnClassPath()) {
            load(type, event);
            return;
        }
        types.declaring(type, event.key()).filter(TypeNode::isOnClassPath).ifPresent(declaring -> {
            if (declaring.running.add(event.key())) {
                link(declaring, event);
                Method method = declaring.method(event.key()).orElseThrow();
                proceed(new MethodRun(declaring, event.key(), method.steps()), event.doubt());
            }
        });
    }

    /** Takes the steps that need no object which does not exist. */
    private void proceed(MethodRun method, int doubt) {
        Source code = method.source(Evidence.CODE);
        method.left.removeIf(step -> {
            for (String needed : step.after()) {
                TypeNode type = types.get(needed);
                if (type.isOnClassPath() && type.facts.isPresent() && !type.hasObject && type != method.owner) {
                    await(type, method, doubt + Doubt.UNSEEN);
                    return false;
                }
            }
            take(step, method, doubt + Doubt.of(step.likely()), code);
            return true;
        });
    }

    /** Has {@code method} go on as soon as there is an object of {@code type}; who makes it may be unseen, so after all there is one. */
    private void await(TypeNode type, MethodRun method, int atMost) {
        if (type.waiting.isEmpty()) {
            push(Kind.HAVE_OBJECT, type.name, "", atMost, method.source(Evidence.CODE));
        }
        type.waiting.add(method);
    }

    private void take(Step step, MethodRun method, int doubt, Source code) {
        String owner = step.owner();
        switch (step.what()) {
            case NEW -> push(Kind.MAKE, owner, "", doubt, code);
            case STATIC -> {
                push(Kind.INITIALISE, owner, "", doubt, code);
                if (!step.key().isEmpty()) {
                    push(Kind.RUN, owner, step.key(), doubt, code);
                }
            }
            case SPECIAL -> push(Kind.RUN, owner, step.key(), doubt, code);
            case VIRTUAL -> push(Kind.CALL, owner, step.key(), doubt, code);
            case FIELD -> {
                // It loads nothing: the verifier has seen the type.
            }
            case TYPE -> push(Kind.LOAD, owner, "", doubt, code);
            case CALL_SITE -> push(Kind.LOAD, owner, "", doubt, method.source(Evidence.CALL_SITE));
            case LAMBDA -> {
                push(Kind.LOAD, owner, "", doubt, method.source(Evidence.CALL_SITE));
                push(Kind.HAVE_OBJECT, owner, "", doubt, code);
            }
            case CLASS -> {
                push(Kind.REFLECT, owner, "", doubt, method.source(Evidence.CLASS_CONSTANT));
                push(Kind.HAVE_OBJECT, owner, "", doubt, code);
            }
            case FOR_NAME -> push(Kind.REFLECT, owner, "", doubt + Doubt.FOR_NAME, method.source(Evidence.FOR_NAME));
            case STRING -> push(Kind.REFLECT, owner, "", doubt + Doubt.STRING, method.source(Evidence.STRING));
            case RESOURCE -> read(owner, doubt + Doubt.RESOURCE, Evidence.RESOURCE, code);
        }
    }

    private void read(String file, int doubt, Evidence evidence, Source by) {
        files.read(file)
                .forEach((name, place) -> push(
                        Kind.REFLECT, name, "", doubt, new Source(evidence, file + " in " + place, by.fromClass())));
    }

    private void reflect(TypeNode type, Event event) {
        make(type, event);
        if (type.reflected || !type.isOnClassPath() || type.facts.isEmpty()) {
            return;
        }
        type.reflected = true;
        Source annotation = ofClass(Evidence.ANNOTATION, type);
        for (Method method : type.methods()) {
            if (method.isConstructor()) {
                push(Kind.RUN, type.name, method.key(), event.doubt(), event.source());
            } else if (method.annotated()) {
                push(Kind.RUN, type.name, method.key(), event.doubt() + Doubt.ANNOTATED, annotation);
            }
        }
        for (String name : type.facts.get().annotations()) {
            push(Kind.REFLECT, name, "", event.doubt() + Doubt.ANNOTATION, annotation);
        }
        Source signature = ofClass(Evidence.SIGNATURE, type);
        for (String name : type.facts.get().signatures()) {
            push(Kind.LOAD, name, "", event.doubt() + Doubt.LAST, signature);
        }
    }
}
