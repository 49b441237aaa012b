import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseModuleDependencies, selectModules } from './module-closure.ts';

const table = [
	'kernel/drivers/usb/storage/usb-storage.ko.xz: kernel/drivers/scsi/scsi_mod.ko.xz kernel/drivers/usb/core/usbcore.ko.xz',
	'kernel/drivers/usb/core/usbcore.ko.xz: kernel/drivers/usb/common/usb-common.ko.xz',
	'kernel/drivers/usb/common/usb-common.ko.xz:',
	'kernel/drivers/scsi/scsi_mod.ko.xz:',
	'kernel/drivers/scsi/scsi_mod_extra.ko.xz:',
	'kernel/drivers/net/tun.ko.xz:',
	'',
].join('\n');
const dependencies = parseModuleDependencies(table);

test('A folder brings its modules and, through them, all that they need', () => {
	assert.deepEqual(selectModules(dependencies, ['drivers/usb/storage']), [
		'kernel/drivers/scsi/scsi_mod.ko.xz',
		'kernel/drivers/usb/common/usb-common.ko.xz',
		'kernel/drivers/usb/core/usbcore.ko.xz',
		'kernel/drivers/usb/storage/usb-storage.ko.xz',
	]);
});

test('A module is named without its ending, and brings no other whose name begins the same', () => {
	assert.deepEqual(selectModules(dependencies, ['drivers/scsi/scsi_mod']), ['kernel/drivers/scsi/scsi_mod.ko.xz']);
});

test('An entry that names nothing is refused; one that is part of the kernel itself is not', () => {
	assert.throws(() => selectModules(dependencies, ['drivers/nvme']), /no driver drivers\/nvme/);
	assert.deepEqual(selectModules(dependencies, ['drivers/nvme'], ['kernel/drivers/nvme/host/nvme.ko']), []);
});
