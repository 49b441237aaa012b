/* Writes or reads so many megabytes by its standard streams, in pieces of 64 KiB: what a pipe carries. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static char block[65536];

int main(int count, char **arguments) {
	if (count > 2 && strcmp(arguments[1], "write") == 0) {
		for (long left = atol(arguments[2]) * 16; left > 0; left--)
			for (int done = 0; done < (int)sizeof block; ) {
				int written = write(1, block + done, sizeof block - done);
				if (written <= 0) return 1;
				done += written;
			}
		return 0;
	}
	struct timespec start, end;
	long long bytes = 0;
	clock_gettime(CLOCK_MONOTONIC, &start);
	for (int got; (got = read(0, block, sizeof block)) > 0;) {
		if (bytes == 0) clock_gettime(CLOCK_MONOTONIC, &start);
		bytes += got;
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	printf("pipe64k %.0f MB/s\n", bytes / 1e6 / ((end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) / 1e9));
	return 0;
}
