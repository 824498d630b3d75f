/**
 * The bundle: an image as one file. In: a launch list and blobs; or the file. Out: the file; or its blobs, one after the other, of a file that nobody needs to fear. May use
 * {@code fault}, {@code index}, {@code store} and {@code path}.
 */
package io.bootcast.build.bundle;
