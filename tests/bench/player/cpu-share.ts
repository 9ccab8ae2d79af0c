/** What the stage costs beside a bare film: processor time of all processes of the browser, for the same films. */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { builtStage } from '../../helpers/built-stage.ts';
import { startStageAgent } from '../../helpers/stage-agent.ts';
import type { BenchGroup } from '../figure.ts';
import { launchHeadless, processTree } from './bench-stage.ts';
import { playFilms, serveNumberedFilms } from './gaps.ts';

const TICKS_A_SECOND = 100;
const SWITCHES = 15;
const MEASURED_S = 25;
const SIZE = { width: 1280, height: 720 };

/** Seconds of processor time that `pid` and all it started have taken. */
function cpuSeconds(pid: number): number {
  return processTree(pid).reduce((sum, one) => {
    const fields = readFileSync(`/proc/${one}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return sum + (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
  }, 0);
}

async function shareDuring(pid: number): Promise<number> {
  await pause(3000);
  const before = cpuSeconds(pid);
  await pause(MEASURED_S * 1000);
  return (cpuSeconds(pid) - before) / MEASURED_S;
}

/** `cpu-share`: cores that the stage takes with films of 2 s, against one looping `<video>` in an empty page. */
export const cpuGroup: BenchGroup = async (report) => {
  const { folder, stage, remove } = await builtStage();
  const agent = await startStageAgent(stage);
  const { browser, pid, close } = await launchHeadless();
  try {
    const urls = serveNumberedFilms(agent, folder);
    const bare = await browser.newPage({ viewport: SIZE });
    await bare.goto(agent.url, { waitUntil: 'commit' });
    await bare.setContent('<!doctype html><body style="margin:0"></body>');
    await bare.evaluate(
      (url) => {
        const film = document.createElement('video');
        film.style.cssText = 'width:100vw;height:100vh';
        Object.assign(film, { muted: true, loop: true, autoplay: true, src: url });
        document.body.append(film);
      },
      new URL(urls[0] ?? '', agent.url).href,
    );
    const theirs = await shareDuring(pid);
    await bare.close();

    const page = await browser.newPage({ viewport: SIZE });
    // The bare page may have said that it is ready before its content was replaced.
    const from = agent.heard.length;
    await page.goto(agent.url);
    await agent.wait('ready', undefined, { from });
    const [ours] = await Promise.all([shareDuring(pid), playFilms(agent, urls, SWITCHES)]);
    await page.close();
    report({ name: 'cpu-share', value: ours, unit: 'cores', reference: 'a bare <video> page', ratio: ours / theirs });
  } finally {
    await close();
    await agent.close();
    await remove();
  }
};
