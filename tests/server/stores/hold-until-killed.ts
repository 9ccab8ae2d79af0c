/** A process that holds a data folder until it is killed, and says so once it does. Argument: the folder. */
import { openDataFolder } from '../../../server/stores/data-folder.ts';

await openDataFolder(process.argv[2] ?? '');
process.stdout.write('held\n');
setInterval(() => {}, 60_000);
