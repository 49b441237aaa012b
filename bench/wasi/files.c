/* What small and large file operations cost a program: one line an operation, nanoseconds each or bytes a second. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static double seconds(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

static void fail(const char *what) {
	perror(what);
	exit(1);
}

static void report_each(const char *name, int count, double started) {
	printf("%s %.3f us\n", name, (seconds() - started) * 1e6 / count);
}

static void report_rate(const char *name, double bytes, double started) {
	printf("%s %.0f MB/s\n", name, bytes / 1e6 / (seconds() - started));
}

static char block[65536];

int main(int count, char **arguments) {
	int rounds = count > 1 ? atoi(arguments[1]) : 20000;
	int megabytes = count > 2 ? atoi(arguments[2]) : 32;
	int files = count > 3 ? atoi(arguments[3]) : 1000;
	struct stat status;
	memset(block, 'x', sizeof block);
	int file = open("work.bin", O_RDWR | O_CREAT | O_TRUNC, 0644);
	if (file < 0 || write(file, block, sizeof block) != sizeof block) fail("work.bin");
	double started = seconds();
	for (int i = 0; i < rounds; i++) if (fstat(file, &status) != 0) fail("fstat");
	report_each("fstat", rounds, started);
	started = seconds();
	for (int i = 0; i < rounds; i++) if (pread(file, block, 16, (i * 16) % 65536) != 16) fail("pread");
	report_each("pread16", rounds, started);
	started = seconds();
	for (int i = 0; i < rounds; i++) if (pwrite(file, block, 16, (i * 16) % 65536) != 16) fail("pwrite");
	report_each("pwrite16", rounds, started);
	close(file);
	file = open("large.bin", O_RDWR | O_CREAT | O_TRUNC, 0644);
	started = seconds();
	for (int i = 0; i < megabytes * 16; i++) if (write(file, block, sizeof block) != sizeof block) fail("write");
	report_rate("write64k", megabytes * 1048576.0, started);
	for (int pass = 0; pass < 2; pass++) {
		lseek(file, 0, SEEK_SET);
		started = seconds();
		for (int i = 0; i < megabytes * 16; i++) if (read(file, block, sizeof block) != sizeof block) fail("read");
		report_rate(pass == 0 ? "read64k" : "read64k_again", megabytes * 1048576.0, started);
	}
	close(file);
	unlink("large.bin");
	char name[32];
	started = seconds();
	for (int i = 0; i < files; i++) {
		snprintf(name, sizeof name, "f%d", i);
		int small = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);
		if (small < 0 || write(small, block, 1024) != 1024) fail("create");
		close(small);
	}
	report_each("create1k", files, started);
	started = seconds();
	for (int i = 0; i < files; i++) {
		snprintf(name, sizeof name, "f%d", i);
		int small = open(name, O_RDONLY);
		if (small < 0 || read(small, block, 1024) != 1024) fail("open");
		close(small);
	}
	report_each("open_read1k", files, started);
	started = seconds();
	for (int i = 0; i < files; i++) {
		snprintf(name, sizeof name, "f%d", i);
		if (stat(name, &status) != 0) fail("stat");
	}
	report_each("stat", files, started);
	return 0;
}
