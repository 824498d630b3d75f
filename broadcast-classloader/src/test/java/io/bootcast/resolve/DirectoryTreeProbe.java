package io.bootcast.resolve;

import java.io.File;

/** Walks the directory that its argument names, with the limits of the product, and prints the outcome. */
public final class DirectoryTreeProbe {
    private DirectoryTreeProbe() {}

    public static void main(String[] args) throws Exception {
        DirectoryTree tree = DirectoryTree.walk(new File(args[0]), Limits.DIRECTORY_FILES, Limits.DIRECTORY_BYTES);
        System.out.println(tree.names().size() + " " + tree.tooLarge());
    }
}
