import { describe, expect, it } from '@jest/globals';
import { defineEvent, defineRequest } from '@paygate/messages';
import { HandlerRegistry } from './handler-registry.js';

class Nothing {
  note?: string;
}

const get = defineRequest('main.query.thing.get.v1', Nothing, Nothing);
const told = defineEvent('admin.event.thing.told.v1', Nothing);

describe('HandlerRegistry', () => {
  it('accepts when everything wanted is handled once', () => {
    const registry = new HandlerRegistry({ consumes: [get, told] });
    registry.add(get.subject, 'A.get');
    registry.add(told.subject, 'A.told');
    expect(() => registry.prove()).not.toThrow();
  });

  it('lists what is missing, doubled and not declared, all at once', () => {
    const registry = new HandlerRegistry({ consumes: [get, told] });
    registry.add(told.subject, 'A.told');
    registry.add(told.subject, 'B.told');
    registry.add('main.query.other.get.v1', 'C.get');
    expect(() => registry.prove()).toThrow(
      [
        'The messages of this service are wired wrongly:',
        '- main.query.thing.get.v1 has no handler: register a controller that has one, and call connectMessaging(app)',
        '- admin.event.thing.told.v1 has 2 handlers: A.told, B.told',
        '- main.query.other.get.v1 is handled by C.get but missing in "consumes" of MessagingModule.forRoot',
      ].join('\n'),
    );
  });

  it('only refuses doubled handlers when nothing is declared', () => {
    const registry = new HandlerRegistry({});
    registry.add(get.subject, 'A.get');
    expect(() => registry.prove()).not.toThrow();
    registry.add(get.subject, 'B.get');
    expect(() => registry.prove()).toThrow('main.query.thing.get.v1 has 2 handlers: A.get, B.get');
  });
});
