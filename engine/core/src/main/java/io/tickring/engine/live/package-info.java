/** How the files come to be that other processes map while the engine runs. */
package io.tickring.engine.live;
