// Loaded into a program before its own code. The parent holds the other end of standard input: when that closes, the parent is
// gone, even if it was killed, and the program with all it started goes as well.
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
	process.stdin.on('end', () => {
		try {
			process.kill(-process.pid, 'SIGKILL');
		} catch {
			process.exit(1);
		}
	});
	process.stdin.resume();
	process.stdin.unref();
}
