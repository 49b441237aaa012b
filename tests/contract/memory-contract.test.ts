import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { contractSuite } from './contract-suite.ts';

contractSuite('the memory file system', () => new MemoryFileSystem({ clock: hostClock }));
