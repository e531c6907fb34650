import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envExample } from './stack/env-example.ts';

writeFileSync(join(import.meta.dirname, '../../../.env.example'), await envExample());
