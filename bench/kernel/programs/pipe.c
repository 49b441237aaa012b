/*
 * What a pipe carries, in pieces of 64 KiB.
 *
 *   pipe write MEGABYTES    writes so many to its standard output
 *   pipe read               reads its standard input to the end, and tells megabytes a second
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char block[65536];

static double seconds(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

static int write_all(long megabytes) {
	for (long left = megabytes * 16; left > 0; left--)
		for (int done = 0; done < (int)sizeof block;) {
			int written = write(1, block + done, sizeof block - done);
			if (written <= 0) return 1;
			done += written;
		}
	return 0;
}

int main(int count, char **arguments) {
	if (count > 2 && strcmp(arguments[1], "write") == 0) return write_all(atol(arguments[2]));
	double started = 0, bytes = 0;
	for (int got; (got = read(0, block, sizeof block)) > 0; bytes += got)
		if (bytes == 0) started = seconds();
	printf("pipe64k %.1f\n", bytes / 1e6 / (seconds() - started));
	return 0;
}
