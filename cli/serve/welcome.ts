/** What `xunbo serve` says once it runs, in both languages. */

/** Prints where the console is and, until an administrator exists, the one-time link that creates the first. */
export function printWelcome(
  stdout: NodeJS.WritableStream,
  given: { host: string; port: number; setupToken: string | undefined },
): void {
  const host = ['0.0.0.0', '::', '127.0.0.1'].includes(given.host) ? 'localhost' : given.host;
  const address = `http://${host}:${given.port}`;
  const lines = ['', '  循播 Xunbo', '', `  控制台 Console   ${address}/`, `  接口文档 API      ${address}/api/docs`];
  if (given.setupToken !== undefined) {
    lines.push(
      '',
      '  用这个一次性链接创建第一个管理员：',
      '  Create the first administrator with this one-time link:',
      `  ${address}/setup?token=${given.setupToken}`,
    );
  }
  lines.push('', '  按 Ctrl-C 停止，数据不会丢失。Ctrl-C stops it; nothing is lost.', '', '');
  stdout.write(lines.join('\n'));
}
