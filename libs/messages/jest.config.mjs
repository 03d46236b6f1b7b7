import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'messages', rootDir: import.meta.dirname };
