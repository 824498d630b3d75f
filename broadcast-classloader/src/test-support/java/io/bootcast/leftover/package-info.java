/**
 * Fails a test that leaves something behind: an open file, a mapping, a thread, a temporary file or directory, a store. In: what the process
 * held before a test, and after it. Out: a failure that names what is left. Uses nothing of Bootcast's. The sources are part of the tests of
 * every module; the extension registers itself.
 */
package io.bootcast.leftover;
