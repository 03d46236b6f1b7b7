import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'embedded-mongo', rootDir: import.meta.dirname };
