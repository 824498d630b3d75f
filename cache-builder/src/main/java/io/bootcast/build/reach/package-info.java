/**
 * Which classes of a class path a program can reach, said without running it. In: a class path's entries, and the class that is started. Out: classes in the order of how likely it is that
 * they are loaded, each with what refers to it. Knows nothing of bundles. May use index, loader and store to read an image.
 */
package io.bootcast.build.reach;
