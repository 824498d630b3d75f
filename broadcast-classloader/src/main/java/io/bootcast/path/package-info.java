/**
 * The data path: from the class path as the user wrote it to an open image on every rank, over any transport. In: settings and a transport. Out: an open image, or the reason to
 * load from the plain class path. May use all packages of the core.
 */
package io.bootcast.path;
