/** Extensions that a double-click gives to a machine without looking inside; others are recognised by their bytes. */
export const machineExtensions: readonly string[] = ['.com', '.exe', '.bat', '.iso', '.img', '.ima', '.vfd', '.flp'];
