/** A web site elsewhere that would gladly answer anybody, and notes what it was asked for. */
import { createServer } from 'node:http';

/** The site. `asked`: paths that were asked for, but for tries of a player to link to it. */
export type OtherSite = { url: string; asked: string[]; close(): void };

/** Starts it on a free port of the loopback address. */
export async function startOtherSite(): Promise<OtherSite> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/socket.io')) asked.push(request.url ?? '');
    response
      .writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' })
      .end('<p>elsewhere</p>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
