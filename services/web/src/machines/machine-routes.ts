import { inLanguage } from '@guichet/contracts/shapes';
import { Problem } from '@guichet/http/problem';
import { seasonCalendar } from '@guichet/ticket/season';
import { Router } from 'express';
import { isLanguage } from '../language.ts';
import type { Shop } from '../shop/shop.ts';
import { llmsTxt, robotsTxt, sitemap } from './llms.ts';
import { offeringMarkdown } from './markdown.ts';

const notHere = () =>
  new Problem({
    status: 404,
    code: 'offering_not_found',
    detail: 'No offering that is published has this address: /llms.txt lists those that are.',
  });

/** The same pages for programs: text, dates, and lists of what there is. */
export function machineRoutes({ shop, publicUrl }: { shop: Shop; publicUrl: string }): Router {
  const routes = Router();
  const published = async () => (await shop.offerings())?.items ?? [];

  routes.get('/robots.txt', (_req, res) => {
    res.locals.route = '/robots.txt';
    res.type('text/plain').send(robotsTxt(publicUrl));
  });
  routes.get('/llms.txt', async (_req, res) => {
    res.locals.route = '/llms.txt';
    res.type('text/plain').send(llmsTxt(await published(), publicUrl));
  });
  routes.get('/sitemap.xml', async (_req, res) => {
    res.locals.route = '/sitemap.xml';
    const offerings = await published();
    const organisers = [...new Set(offerings.map(({ organiserId }) => organiserId))];
    res.type('application/xml').send(
      sitemap(
        offerings,
        organisers.map((id) => ({ id })),
        publicUrl,
      ),
    );
  });

  routes.get('/:language/offerings/:file', async (req, res, next) => {
    const { language, file } = req.params;
    const [, id = '', form] = /^([0-9a-f-]{36})\.(md|ics)$/.exec(file) ?? [];
    if (!isLanguage(language) || !form) return next();
    res.locals.route = `/{language}/offerings/{id}.${form}`;
    const [offering, slots] = await Promise.all([shop.offering(id), shop.slots(id)]);
    if (!offering) throw notHere();
    const occurrences = slots?.items ?? [];
    if (form === 'ics') {
      const url = `${publicUrl}/${language}/offerings/${id}`;
      const title = inLanguage(offering.title, language);
      const { venue } = offering;
      const writtenAt = new Date();
      res.type('text/calendar').send(seasonCalendar({ title, venue, url, occurrences, writtenAt }));
      return;
    }
    const organiser = await shop.organiser(offering.organiserId);
    res
      .type('text/markdown')
      .send(offeringMarkdown({ offering, organiser, slots: occurrences, language, publicUrl }));
  });
  return routes;
}
