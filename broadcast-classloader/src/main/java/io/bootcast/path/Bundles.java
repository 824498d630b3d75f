package io.bootcast.path;

import java.io.File;
import java.io.IOException;

/** What the data path asks for where the image comes from a bundle. What stands behind it is loaded when it is first asked. */
public interface Bundles {
    /**
     * The bundle in {@code file}, to be read once and closed by the caller. Root only.
     *
     * @throws io.bootcast.fault.BootcastException with {@link io.bootcast.fault.Fault#BUNDLE} if it is none, or {@link io.bootcast.fault.Fault#INSTALLATION} if Bootcast's part that
     *     reads bundles is not there
     */
    BundleFile open(File file) throws IOException;

    /** The image in this directory has just been staged on this node, and stays. By the node's leader; never fails the staging. */
    default void staged(File image) {}
}
