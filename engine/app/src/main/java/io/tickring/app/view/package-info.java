/** What a person watches: numbers and tables as text, a running engine in a few lines, and the terminal that shows them. */
package io.tickring.app.view;
