/*
 * One of many that write at once: how long each of its calls took.
 *
 *   writers MODE FILE COUNT
 *
 * MODE `ask` appends to FILE, which the kernel does for it; `keep` writes into the beginning of FILE, which a system may
 * leave to the process. It says that it is ready by one byte, begins when it gets one, and then tells the nanoseconds of
 * each call as 32-bit numbers, all in one write.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static uint32_t spent[65536];
static char bytes[64];

static int64_t nanoseconds(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int main(int count, char **arguments) {
	if (count != 4) return 2;
	int asks = strcmp(arguments[1], "ask") == 0;
	int calls = atoi(arguments[3]);
	if (calls > (int)(sizeof spent / sizeof *spent)) return 2;
	int file = open(arguments[2], O_WRONLY | O_CREAT | (asks ? O_APPEND : 0), 0644);
	char byte = 'r';
	if (file < 0 || write(1, &byte, 1) != 1 || read(0, &byte, 1) != 1) return 1;
	for (int i = 0; i < calls; i++) {
		int64_t started = nanoseconds();
		if (asks ? write(file, bytes, sizeof bytes) < 0 : pwrite(file, bytes, sizeof bytes, i % 64 * 64) < 0) return 1;
		spent[i] = (uint32_t)(nanoseconds() - started);
	}
	size_t length = calls * sizeof *spent;
	return write(1, spent, length) == (ssize_t)length ? 0 : 1;
}
