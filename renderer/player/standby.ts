/** The page behind the stage: the poster that its address names, turned as the stage is, and nothing that could fail. */
const POSTER = /^#(0|90|180|270)\/(media\/[0-9a-f]{64})?$/;

function showPoster(): void {
  const [, turn = '0', poster] = POSTER.exec(location.hash) ?? [];
  document.body.replaceChildren();
  if (poster === undefined) return;
  const image = document.createElement('img');
  image.alt = '';
  image.src = poster;
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
