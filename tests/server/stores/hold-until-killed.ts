/** A process that holds a data folder until it is killed, and says so once it does. Argument: the folder. */
import { openDataFolder } from '../../../server/stores/data-folder.ts';

const held = await openDataFolder(process.argv[2] ?? '');
process.stdout.write('held\n');
process.on('SIGTERM', () => held.close());
setInterval(() => {}, 60_000);
