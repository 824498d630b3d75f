/** Checkpoint and restore; nothing yet. */
package io.bootcast.checkpoint;
