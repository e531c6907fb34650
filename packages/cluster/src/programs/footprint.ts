import { kitEnvironment, kitFolder } from '../cluster/kit.ts';
import { footprintTable, mostOfObservability, refuseTooLarge } from '../footprint/footprint.ts';
import { renderKindProfile, renderObservabilityProfile } from '../footprint/render-profile.ts';
import { componentsOf } from '../footprint/requests.ts';
import { runProgram, say } from '../run-program.ts';
import { createTools } from '../tools.ts';

/** `make footprint`: what the kind profile asks of a node; needs Helm, and no cluster. */
await runProgram(async () => {
  const kit = kitFolder();
  const tools = createTools({ ...process.env, ...(kit && (await kitEnvironment(kit))) });
  const components = componentsOf(await renderKindProfile(tools, { pulls: true }));
  say(footprintTable(components));
  const watching = componentsOf(await renderObservabilityProfile(tools));
  say(`\nand with OBSERVE=yes\n${footprintTable(watching, mostOfObservability)}`);
  refuseTooLarge(components);
  refuseTooLarge(watching, mostOfObservability);
});
