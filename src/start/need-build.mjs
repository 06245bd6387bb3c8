// Reports a missing build. Plain JavaScript: development packages need not be installed.
import { existsSync } from 'node:fs';

if (!existsSync(new URL('../../dist/', import.meta.url))) {
  console.error(
    'There is no build yet: `npm run build` makes it. (To try Trivium out, `npm start` needs none.)',
  );
  process.exit(1);
}
