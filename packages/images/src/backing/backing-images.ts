import type { RootImage } from '../root/root-image.ts';
import { postgresExporter, redisExporter } from './exporters.ts';
import { k6 } from './k6.ts';
import { mongoStandIn } from './mongo-stand-in.ts';
import { postgres } from './postgres.ts';
import { rabbitmq } from './rabbitmq.ts';
import { redis } from './redis.ts';
import { versitygw } from './versitygw.ts';

/** The servers that back the services, and what loads them, for clusters where nothing can be pulled. */
export const backingImages: readonly RootImage[] = [
  postgres,
  mongoStandIn,
  rabbitmq,
  redis,
  versitygw,
  postgresExporter,
  redisExporter,
  k6,
];
