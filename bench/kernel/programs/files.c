/*
 * What file operations cost a program: one line an operation, `NAME FIGURE`, in microseconds each or megabytes a second.
 *
 *   files SMALL MEGABYTES PASSES FILES
 *
 * SMALL operations of each small kind; a file of MEGABYTES written and read in pieces of 64 KiB, PASSES times; FILES
 * small files. Writing counts until the file is closed, so nothing that was put off is left out.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char block[65536];

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
	printf("%s %.4f\n", name, (seconds() - started) * 1e6 / count);
}

static void report_rate(const char *name, double bytes, double spent) {
	printf("%s %.1f\n", name, bytes / 1e6 / spent);
}

static int open_or_fail(const char *name, int flags) {
	int file = open(name, flags, 0644);
	if (file < 0) fail(name);
	return file;
}

static void small_operations(int count) {
	struct stat status;
	int file = open_or_fail("work.bin", O_RDWR | O_CREAT | O_TRUNC);
	if (write(file, block, sizeof block) != sizeof block) fail("work.bin");
	double started = seconds();
	for (int i = 0; i < count; i++)
		if (fstat(file, &status) != 0) fail("fstat");
	report_each("fstat", count, started);
	started = seconds();
	for (int i = 0; i < count; i++)
		if (pread(file, block, 16, (i * 16) % 65536) != 16) fail("pread");
	report_each("pread16", count, started);
	started = seconds();
	for (int i = 0; i < count; i++)
		if (pwrite(file, block, 16, (i * 16) % 65536) != 16) fail("pwrite");
	report_each("pwrite16", count, started);
	close(file);
}

static double read_through(int file, int pieces) {
	double started = seconds();
	for (int i = 0; i < pieces; i++)
		if (read(file, block, sizeof block) != sizeof block) fail("read");
	return seconds() - started;
}

/* A new file each pass: who writes a file again has its memory already. */
static void large_files(int megabytes, int passes) {
	int pieces = megabytes * 16;
	double bytes = (double)passes * pieces * sizeof block;
	double writing = 0, first = 0, again = 0;
	char name[32];
	for (int pass = 0; pass < passes; pass++) {
		snprintf(name, sizeof name, "large%d.bin", pass);
		double started = seconds();
		int file = open_or_fail(name, O_WRONLY | O_CREAT | O_TRUNC);
		for (int i = 0; i < pieces; i++)
			if (write(file, block, sizeof block) != sizeof block) fail("write");
		if (close(file) != 0) fail("close");
		writing += seconds() - started;
	}
	for (int pass = 0; pass < passes; pass++) {
		snprintf(name, sizeof name, "large%d.bin", pass);
		int file = open_or_fail(name, O_RDONLY);
		first += read_through(file, pieces);
		lseek(file, 0, SEEK_SET);
		again += read_through(file, pieces);
		close(file);
		if (unlink(name) != 0) fail("unlink");
	}
	report_rate("write64k", bytes, writing);
	report_rate("read64k_first", bytes, first);
	report_rate("read64k", bytes, again);
}

static void small_files(int files) {
	struct stat status;
	char name[32];
	double started = seconds();
	for (int i = 0; i < files; i++) {
		snprintf(name, sizeof name, "f%d", i);
		int file = open_or_fail(name, O_WRONLY | O_CREAT | O_TRUNC);
		if (write(file, block, 1024) != 1024) fail("write");
		if (close(file) != 0) fail("close");
	}
	report_each("create1k", files, started);
	started = seconds();
	for (int i = 0; i < files; i++) {
		snprintf(name, sizeof name, "f%d", i);
		int file = open_or_fail(name, O_RDONLY);
		if (read(file, block, 1024) != 1024) fail("read");
		close(file);
	}
	report_each("open_read1k", files, started);
	started = seconds();
	for (int i = 0; i < files; i++) {
		snprintf(name, sizeof name, "f%d", i);
		if (stat(name, &status) != 0) fail("stat");
	}
	report_each("stat", files, started);
	for (int i = 0; i < files; i++) {
		snprintf(name, sizeof name, "f%d", i);
		if (unlink(name) != 0) fail("unlink");
	}
}

int main(int count, char **arguments) {
	if (count != 5) return 2;
	memset(block, 'x', sizeof block);
	small_operations(atoi(arguments[1]));
	small_files(atoi(arguments[4]));
	large_files(atoi(arguments[2]), atoi(arguments[3]));
	return 0;
}
