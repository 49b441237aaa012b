/** The stages of the build, in order. */
import { baseStage } from './base-stage.ts';
import { makeFetchStage } from './fetch-stage.ts';
import { imageStage } from './image-stage.ts';
import type { Inputs } from './inputs.ts';
import { kernelStage } from './kernel-stage.ts';
import { loaderStage } from './loader-stage.ts';
import type { Stage } from './stage.ts';
import { systemStage } from './system-stage.ts';
import { vitrineStage } from './vitrine-stage.ts';

/** With `inputs`: from these alone. */
export function makeStages(inputs?: Inputs): readonly Stage[] {
	return [makeFetchStage(inputs), baseStage, kernelStage, systemStage, loaderStage, vitrineStage, imageStage];
}
