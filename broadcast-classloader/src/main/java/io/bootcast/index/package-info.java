/**
 * Step 2: the complete map from entry names to places in blobs. In: the entries of each element. Out: one file that every rank maps. May
 * use {@code fault}.
 */
package io.bootcast.index;
