import type { Fault } from './fault.ts';
import { processFaults } from './processes.ts';
import { providerFaults } from './provider.ts';
import { serverFaults } from './servers.ts';
import { wireFaults } from './wires.ts';

export const allFaults = (): Fault[] => [
  ...processFaults(),
  ...serverFaults,
  ...wireFaults,
  ...providerFaults,
];
