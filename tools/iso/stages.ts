/** The stages of the build, in order. */
import { baseStage } from './base-stage.ts';
import { imageStage } from './image-stage.ts';
import { kernelStage } from './kernel-stage.ts';
import { loaderStage } from './loader-stage.ts';
import type { Stage } from './stage.ts';
import { systemStage } from './system-stage.ts';
import { vitrineStage } from './vitrine-stage.ts';

export const stages: readonly Stage[] = [baseStage, kernelStage, systemStage, loaderStage, vitrineStage, imageStage];
