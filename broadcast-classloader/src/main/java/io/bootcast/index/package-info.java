/**
 * Step 2: the complete map from entry names to places in blobs. In: the entries of each element. Out: one file that every rank maps. Beside it what was learned from
 * earlier runs: the load list, and the hot blob with the content of its classes. May use {@code fault}.
 */
package io.bootcast.index;
