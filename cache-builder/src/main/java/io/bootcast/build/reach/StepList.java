package io.bootcast.build.reach;

import io.bootcast.build.reach.ClassFacts.Likely;
import io.bootcast.build.reach.ClassFacts.Step;
import io.bootcast.build.reach.ClassFacts.What;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Label;

/**
 * The steps of one method in the order of its code, each with the jumps forward that lead past it. From them follows what is conditional, and what comes after what: code is only reached
 * after another piece if no jump leads past that piece which does not lead past the code, too. (Compilers of structured languages write code for which this holds.)
 */
final class StepList {
    private final List<Step> steps = new ArrayList<>();
    /** For each step, the labels to which a jump leads past it. */
    private final List<Set<Label>> passed = new ArrayList<>();

    private final Set<Label> seen = new HashSet<>();
    private final Set<Label> pending = new HashSet<>();
    private Set<Label> pendingNow = Set.of();
    private int blockStart;

    void add(What what, String owner, String key, boolean onFailure) {
        Likely likely = onFailure ? Likely.FAILURE : pendingNow.isEmpty() ? Likely.ALWAYS : Likely.BRANCH;
        steps.add(new Step(what, owner, key, likely, List.of()));
        passed.add(pendingNow);
    }

    void label(Label label) {
        seen.add(label);
        if (pending.remove(label)) {
            pendingNow = Set.copyOf(pending);
        }
    }

    /** A jump, or none, to one of {@code targets}. */
    void jump(List<Label> targets) {
        boolean changed = false;
        for (Label target : targets) {
            changed |= !seen.contains(target) && pending.add(target);
        }
        if (changed) {
            pendingNow = Set.copyOf(pending);
        }
    }

    void endBlock() {
        blockStart = steps.size();
    }

    /** All since the last {@link #endBlock} ends in an exception. */
    void blockFails() {
        for (int i = blockStart; i < steps.size(); i++) {
            Step step = steps.get(i);
            steps.set(i, new Step(step.what(), step.owner(), step.key(), Likely.FAILURE, List.of()));
        }
    }

    /** All steps, each with the objects that the code before it needs. */
    List<Step> finish() {
        List<Step> finished = new ArrayList<>();
        List<String> needed = new ArrayList<>();
        List<Set<Label>> neededUnder = new ArrayList<>();
        List<String> copy = List.of();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.likely() == Likely.FAILURE) {
                finished.add(step);
                continue;
            }
            Set<Label> under = passed.get(i);
            boolean changed = forget(needed, neededUnder, under);
            copy = changed ? List.copyOf(needed) : copy;
            finished.add(new Step(step.what(), step.owner(), step.key(), step.likely(), copy));
            if (isUse(step) && !needed.contains(step.owner())) {
                needed.add(step.owner());
                neededUnder.add(under);
                copy = List.copyOf(needed);
            }
        }
        return finished;
    }

    private static boolean isUse(Step step) {
        return step.what() == What.VIRTUAL || step.what() == What.FIELD;
    }

    /** Forgets what a jump to here has led past. */
    private static boolean forget(List<String> needed, List<Set<Label>> neededUnder, Set<Label> under) {
        boolean changed = false;
        for (int i = needed.size() - 1; i >= 0; i--) {
            if (!under.containsAll(neededUnder.get(i))) {
                needed.remove(i);
                neededUnder.remove(i);
                changed = true;
            }
        }
        return changed;
    }
}
