import { parentPort, workerData } from 'node:worker_threads';
import { readTimetable } from './read-timetable.ts';
import type { TimetableRequest } from './timetable.ts';

parentPort?.postMessage(readTimetable(workerData as TimetableRequest));
