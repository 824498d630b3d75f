/**
 * Step 1, at the root only: from the class path as the user wrote it to the ordered list of elements. In: a class path. Out: elements
 * with their stamps. May use {@code fault}.
 */
package io.bootcast.resolve;
