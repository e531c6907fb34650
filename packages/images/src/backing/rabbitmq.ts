import { fillFromDebian, linkBusybox } from '../root/fill-from-debian.ts';
import type { RootImage } from '../root/root-image.ts';

export const rabbitmq: RootImage = {
  name: 'rabbitmq',
  tag: '3.10',
  folder: 'backing/rabbitmq',
  inputs: '',
  async fill(root) {
    await fillFromDebian(root, {
      packages: ['rabbitmq-server', 'busybox-static', 'libc-bin'],
      whole: /^(rabbitmq-server|erlang-.*|busybox-static|libc-bin)$/,
      without: ['etc/rabbitmq/rabbitmq-env.conf'],
    });
    await linkBusybox(root);
  },
};
