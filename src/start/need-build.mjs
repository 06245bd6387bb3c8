// Says what is missing where there is no build to start from. Plain JavaScript: nothing of development need be installed.
import { existsSync } from 'node:fs';

if (!existsSync(new URL('../../dist/', import.meta.url))) {
  console.error(
    'There is no build yet: `npm run build` makes it. (To try Trivium out, `npm start` needs none.)',
  );
  process.exit(1);
}
