/**
 * The node-local directory that holds blobs and images, one copy for all ranks of a node: its place, what protects it, what is published
 * in it, and what removes it again. May use {@code fault}, {@code resolve} (stamps) and {@code index}.
 *
 * <pre>
 * STORE/gate                 lock around entering and leaving; its first byte says whether the store is being removed
 * STORE/busy                 shared lock of every process that may still add blobs
 * STORE/blobs/SHA256         one blob; images link to it, so that a blob with one link belongs to no image
 * STORE/tmp/RANDOM           what is being written
 * STORE/recipes/KEY          which image a class path gave last time, and the stamps of all that was looked at
 * STORE/digests              stamp of a file to the SHA-256 of its content
 * STORE/staged/PATH          the ID of the image that was staged for the bundle at /PATH
 * STORE/images/ID/index      the index; ID is the start of its SHA-256, or of that of the launch list if the image has one
 * STORE/images/ID/lease      shared lock of every process that uses the image
 * STORE/images/ID/keep       exists if the image stays when its last user has gone
 * STORE/images/ID/stamps     stamps of the files below, as they were when they were checked
 * STORE/images/ID/packs/N    the blob of element number N, where it is no jar
 * STORE/images/ID/launch/    of a bundle: its launch list, archives, hot blob, and what the node's leader wrote for the wrapper; see {@code LaunchFiles}
 * STORE/images/ID/root/PATH  an element under its original path: a link to its blob, or a directory with its files; files beside the class path
 * </pre>
 */
package io.bootcast.store;
