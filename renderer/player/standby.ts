/** The page behind the stage: the poster that its address names, turned as the stage is, or the picture that was kept of the stage, and nothing that could fail. */
const POSTER = /^#(0|90|180|270)\/(media\/[0-9a-f]{64})?$/;

/** The number only makes the address another one, so that the picture is asked for again. */
const KEPT = /^#kept\/(\d+)$/;

function showPoster(): void {
  const [, turn = '0', poster] = POSTER.exec(location.hash) ?? [];
  const [, kept] = KEPT.exec(location.hash) ?? [];
  const source = kept === undefined ? poster : `kept/last.jpg?${kept}`;
  document.body.replaceChildren();
  if (source === undefined) return;
  const image = document.createElement('img');
  image.alt = '';
  image.onerror = () => image.remove();
  image.src = source;
  if (turn !== '0') {
    const isUpright = turn === '180';
    const [width, height] = isUpright ? ['100vw', '100vh'] : ['100vh', '100vw'];
    Object.assign(image.style, { width, height, inset: 'auto', left: '50%', top: '50%' });
    image.style.transform = `translate(-50%, -50%) rotate(${turn}deg)`;
  }
  document.body.append(image);
}

window.addEventListener('hashchange', showPoster);
showPoster();
