/** `npm run test:soak [-- CHANGES]`: memory of page and agent after thousands of slot changes; fails where it grew by more than a tenth. */
import { soakAgent } from './agent-soak.ts';
import { soakPage, WARM_UP } from './page-soak.ts';

const MOST_GROWTH = 0.1;
const changes = Number(process.argv[2] ?? 2000);

let failures = 0;
function judge(what: string, early: number, late: number): void {
  const growth = late / early - 1;
  const isFlat = growth <= MOST_GROWTH;
  if (!isFlat) failures += 1;
  const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
  console.log(
    `${isFlat ? 'ok    ' : 'GREW  '} ${what.padEnd(28)} ${mebibytes(early)} after ${WARM_UP}, ${mebibytes(late)} after ${changes}: ${(growth * 100).toFixed(1)} %`,
  );
}

const agent = soakAgent(changes);
judge('agent, heap', agent.early, agent.late);
const page = await soakPage(changes, (text) => console.log(text));
judge('page, heap', page.early.heap, page.late.heap);
judge('page, all its processes', page.early.processes, page.late.processes);
console.log(failures === 0 ? '3 passed, 0 failed' : `${3 - failures} passed, ${failures} failed`);
process.exit(failures === 0 ? 0 : 1);
