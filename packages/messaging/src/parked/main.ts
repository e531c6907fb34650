import { runParked } from './run.ts';

process.exitCode = await runParked(process.argv.slice(2), process.env, {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
