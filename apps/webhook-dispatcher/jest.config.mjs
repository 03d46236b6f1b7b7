import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'webhook-dispatcher', rootDir: import.meta.dirname };
