package io.bootcast.leftover;

import java.io.File;
import java.util.Arrays;
import java.util.List;

/**
 * Files and directories in {@code java.io.tmpdir}. Only if the build has said, by {@code bootcast.test.tmp}, that this directory is the
 * tests' own: in a shared one every program of the machine leaves things.
 */
final class TemporaryNames implements Kind {
    private final File home = new File(System.getProperty("java.io.tmpdir"));
    private final boolean isOurs = home.getPath().equals(System.getProperty("bootcast.test.tmp"));

    @Override
    public String word() {
        return "temporary";
    }

    @Override
    public List<String> held() {
        String[] names = isOurs ? home.list() : new String[0];
        if (names == null) {
            throw new AssertionError("cannot be listed: directory=" + home);
        }
        return Arrays.stream(names).map(name -> home + "/" + name).toList();
    }

    @Override
    public boolean isJudgedAtOnce() {
        return true;
    }

    @Override
    public boolean settle(List<String> left) {
        return false;
    }
}
