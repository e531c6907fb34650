import { placeBookingBody } from '@guichet/contracts/bookings';
import express from 'express';

/**
 * The limit of any service of Express: it reads, checks and answers a booking, or answers a look
 * with as many bytes as `LOOK_BYTES` says, and does nothing.
 */
const answer = {
  id: '0197a6f0-0000-7000-8000-000000000000',
  reference: '7KQM-3XHD',
  status: 'PENDING',
  holdExpiresAt: new Date(0).toISOString(),
  totalCents: 2_100,
  currency: 'EUR',
  manageToken: 'A'.repeat(44),
};
const look = Buffer.from(JSON.stringify('x'.repeat(Number(process.env.LOOK_BYTES ?? 300) - 2)));
const app = express();
app.disable('x-powered-by').disable('etag');
app.get('/api/availability', (_req, res) => {
  res.type('application/json').send(look);
});
app.post('/api/bookings', express.json(), (req, res) => {
  placeBookingBody.parse(req.body);
  res.status(201).location(`/api/bookings/${answer.id}`).json(answer);
});
app.listen(Number(process.env.PORT), '127.0.0.1');
