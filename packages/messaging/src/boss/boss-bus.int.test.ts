import { createDatabase } from '@guichet/testing/database';
import { busContract } from '../bus.contract.ts';

busContract(createDatabase);
