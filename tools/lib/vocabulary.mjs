/*
 * The words of generated catalogues. Lists are ordered: what stands first is used most (see `zipf` in
 * generated-catalogue.mjs). Invented names make up the long tail that real catalogues have.
 */

const words = (text) => text.trim().split(/\s*,\s*/)

/**
 * A shelf of the shop: what stands on it, what it is like, and what it is for.
 *
 * @type {Record<string, { things: string[], parts: string[], traits: string[], uses: string[] }>}
 */
export const CATEGORIES = Object.fromEntries(
  Object.entries({
    Kitchen: [
      "kettle, saucepan, frying pan, chef's knife, chopping board, casserole, coffee grinder, teapot, whisk, baking tray, colander, rolling pin, mortar and pestle, bread tin",
      "lid, handle, spout, non-stick coating, blade, rim, base, pouring lip, rivets",
      "dishwasher safe, oven proof, induction ready, hand forged, enamelled, heavy bottomed, drip free, stackable",
      "slow Sunday stews, quick weekday suppers, baking bread, brewing loose leaf tea, frying eggs, chopping herbs, feeding a crowd",
    ],
    "Home lighting": [
      "table lamp, floor lamp, pendant light, desk lamp, wall sconce, night light, lantern, fairy lights, reading lamp, ceiling spotlight",
      "shade, dimmer, fabric cord, switch, bulb, swivel arm, brass fitting, diffuser",
      "dimmable, warm white, energy saving, rechargeable, glare free, flicker free, adjustable",
      "reading in bed, working late, lighting a hallway, a cosy corner, dinner on the terrace, a child's bedroom",
    ],
    Furniture: [
      "armchair, bookcase, dining table, bar stool, sideboard, bed frame, desk, coffee table, wardrobe, sofa, shelf unit, shoe bench",
      "legs, drawer, cushion, armrest, backrest, veneer, castors, dowels, soft close hinge",
      "solid oak, upholstered, space saving, flat packed, scratch resistant, extendable, low slung",
      "small flats, family dinners, working from home, storing winter coats, long evenings by the fire, a narrow hallway",
    ],
    "Men's clothing": [
      "linen shirt, wool jumper, chinos, rain jacket, waistcoat, denim jacket, flannel shirt, overcoat, polo shirt, corduroy trousers",
      "collar, cuffs, pockets, lining, zip, hem, buttons, seams",
      "slim cut, breathable, water repellent, machine washable, double stitched, unlined, easy iron",
      "cold mornings, the office, weddings in summer, long walks, travelling light, layering in autumn",
    ],
    "Women's clothing": [
      "wrap dress, cashmere cardigan, pleated skirt, trench coat, silk blouse, knitted dress, wide leg trousers, quilted jacket, turtleneck, linen dress",
      "waistband, sleeves, neckline, lining, belt, pockets, hem, buttons",
      "fitted, flowing, crease resistant, hand finished, soft to the touch, reversible, tailored",
      "garden parties, the office, evenings out, chilly spring days, holidays by the sea, everyday wear",
    ],
    Shoes: [
      "running shoes, hiking boots, leather loafers, sandals, ankle boots, canvas sneakers, slippers, rain boots, ballet flats, trail shoes",
      "sole, laces, tongue, heel, insole, eyelets, toe cap, buckle",
      "cushioned, waterproof, slip resistant, wide fitting, lightweight, resoleable, breathable",
      "muddy trails, long city days, marathon training, dancing all night, wet commutes, lazy weekends",
    ],
    Bicycles: [
      "road bike, mountain bike, folding bike, bike helmet, pannier bag, bike pump, saddle, child seat, bike lock, bell, mudguard set",
      "frame, gears, brakes, pedals, chain, rims, handlebars, suspension fork, tyres",
      "lightweight aluminium, puncture proof, foldable, hydraulic, reflective, shock absorbing, rust proof",
      "commuting in the rain, steep forest trails, carrying shopping, touring for weeks, riding at night, school runs",
    ],
    Camping: [
      "tent, sleeping bag, camping stove, headlamp, hammock, rucksack, water filter, folding chair, cool box, roll mat, dry bag",
      "poles, guy ropes, straps, zip, groundsheet, valve, buckles, hood",
      "waterproof, ultralight, packs small, insulated, wind resistant, quick to pitch, three season",
      "wild camping, festivals, alpine nights, canoe trips, family holidays, bushcraft weekends",
    ],
    Gardening: [
      "spade, pruning shears, watering can, wheelbarrow, garden hose, plant pot, trowel, seed tray, rake, bird feeder, compost bin",
      "handle, blade, nozzle, tines, spout, grip, spring, drainage holes",
      "rust proof, frost proof, ergonomic, hand forged, self watering, stainless, lightweight",
      "roses, raised beds, balcony tomatoes, clay soil, trimming hedges, lifting bulbs, a first allotment",
    ],
    Toys: [
      "wooden train set, building blocks, jigsaw puzzle, doll's house, kite, board game, stuffed bear, spinning top, marble run, toy kitchen, puppet theatre",
      "pieces, wheels, tracks, magnets, box, dice, wings, rails",
      "child safe, painted by hand, splinter free, brightly coloured, machine washable, award winning",
      "rainy afternoons, birthday parties, toddlers, learning to count, playing together, quiet time",
    ],
    Audio: [
      "headphones, bluetooth speaker, turntable, soundbar, earbuds, radio, microphone, amplifier, studio monitor, portable recorder",
      "drivers, cable, ear pads, battery, volume dial, stylus, headband, charging case",
      "noise cancelling, wireless, water resistant, high fidelity, foldable, low latency, long lasting",
      "commuting, podcasts, vinyl evenings, video calls, parties, practising in a flat with thin walls",
    ],
    Computers: [
      "laptop, mechanical keyboard, monitor, wireless mouse, docking station, external drive, webcam, graphics tablet, router, memory card, laptop sleeve",
      "screen, keys, ports, battery, fan, hinge, trackpad, stand",
      "fanless, backlit, ultra thin, quiet, high resolution, energy saving, plug and play",
      "coding, photo editing, video calls, studying, gaming, working on trains, backing up a lifetime of photos",
    ],
    Photography: [
      "camera bag, tripod, mirrorless camera, wide angle lens, flash, photo album, picture frame, lens cloth, light meter, instant camera",
      "shutter, strap, mount, viewfinder, aperture ring, legs, filter thread, dividers",
      "weather sealed, carbon fibre, image stabilised, compact, acid free, padded, scratch resistant",
      "landscapes, street portraits, weddings, night skies, family snapshots, birds in flight",
    ],
    Stationery: [
      "notebook, fountain pen, desk organiser, sketchbook, mechanical pencil, greeting cards, calendar, ink bottle, eraser, pencil case, ruler",
      "nib, cover, pages, binding, clip, elastic band, cap, spiral",
      "acid free, refillable, hardback, lined, dotted, smear proof, recycled",
      "keeping a journal, letters to friends, lecture notes, sketching outdoors, planning the year, calligraphy",
    ],
    "Art supplies": [
      "watercolour set, oil paints, easel, brush set, canvas, charcoal sticks, palette, drawing ink, pastels, modelling clay",
      "bristles, pigments, ferrule, tubes, legs, pans, surface, lid",
      "lightfast, non-toxic, highly pigmented, fine tipped, cold pressed, washable, artist grade",
      "landscapes outdoors, life drawing, beginners, murals, illustration, botanical studies",
    ],
    Music: [
      "acoustic guitar, ukulele, violin bow, digital piano, drum sticks, metronome, music stand, harmonica, guitar strings, clarinet reeds",
      "neck, strings, keys, tuning pegs, bridge, pedals, case, fretboard",
      "hand finished, well balanced, weighted, student size, full bodied, quick to tune, mellow",
      "first lessons, campfire songs, practising at night, orchestra rehearsals, blues jams, recording at home",
    ],
    Sport: [
      "yoga mat, dumbbells, tennis racket, football, skipping rope, swimming goggles, climbing harness, table tennis set, resistance bands, golf gloves",
      "grip, strap, cover, buckle, strings, padding, valve, handle",
      "non-slip, adjustable, sweat proof, tournament approved, shock absorbing, anti fog, lightweight",
      "morning stretching, interval training, beginners, team practice, open water, rehabilitation",
    ],
    "Bath and body": [
      "soap bar, shampoo, bath towel, hand cream, shaving brush, bath salts, face oil, hairbrush, body scrub, lip balm",
      "bristles, lather, scent, pump, loops, dispenser, border, tin",
      "unscented, vegan, gentle, quick drying, plastic free, dermatologically tested, deeply nourishing",
      "sensitive skin, tired muscles, dry winter hands, curly hair, long baths, a gift for new parents",
    ],
    Bedding: [
      "duvet, pillow, fitted sheet, blanket, mattress topper, pillowcase, bedspread, sleeping mask, wool throw",
      "filling, seams, cover, corners, piping, buttons, weave",
      "breathable, hypoallergenic, machine washable, stone washed, warm, naturally cooling, down free",
      "hot sleepers, cold bedrooms, light sleepers, guest rooms, allergy sufferers, lazy mornings",
    ],
    Pets: [
      "dog bed, cat tree, dog lead, bird cage, aquarium, scratching post, chew toy, hamster wheel, cat litter box, dog coat",
      "clip, cover, platform, filling, handle, filter, rope, door",
      "chew proof, washable, escape proof, quiet, odour free, adjustable, orthopaedic",
      "senior dogs, nervous cats, puppies, muddy walks, small flats, curious kittens",
    ],
    Baby: [
      "pram, high chair, baby carrier, cot mobile, changing mat, baby monitor, bottle warmer, play mat, sleepsuit, teething ring",
      "straps, wheels, hood, tray, snaps, canopy, padding, harness",
      "washable, foldable with one hand, non-toxic, adjustable, quiet, soft edged, breathable",
      "newborns, night feeds, crowded buses, first meals, travelling with twins, long walks",
    ],
    Tools: [
      "cordless drill, hammer, screwdriver set, spirit level, workbench, hand saw, tape measure, socket set, sander, pliers, paint roller",
      "chuck, grip, blade, battery, jaws, bits, clamp, scale",
      "brushless, magnetic, shock proof, precise, rust resistant, insulated, compact",
      "hanging shelves, restoring furniture, tight corners, building a shed, first homes, tiling a bathroom",
    ],
    "Food and drink": [
      "olive oil, ground coffee, dark chocolate, black tea, honey, sea salt, pasta, jam, spice mix, vinegar, shortbread",
      "aroma, finish, grind, tin, jar, bottle, leaves, crumb",
      "single origin, organic, stone ground, slow roasted, unfiltered, fair trade, gluten free",
      "breakfast, dressing salads, picnics, a cheese board, winter afternoons, baking, thoughtful gifts",
    ],
    Travel: [
      "suitcase, travel pillow, packing cubes, passport holder, toiletry bag, weekend bag, luggage scale, money belt, travel adapter, garment bag",
      "wheels, handle, compartments, lock, lining, straps, zip, shell",
      "lightweight, hard shelled, cabin sized, expandable, tear resistant, water repellent, quick to pack",
      "city breaks, long flights, business trips, backpacking, beach holidays, visits to the in-laws",
    ],
  }).map(([name, [things, parts, traits, uses]]) => [
    name,
    { things: words(things), parts: words(parts), traits: words(traits), uses: words(uses) },
  ])
)

export const MATERIALS = words(
  "cotton, steel, oak, leather, aluminium, wool, recycled plastic, linen, bamboo, brass, glass, beech, ceramic, silicone, canvas, copper, walnut, cast iron, cork, felt, titanium, birch, rattan, slate, merino, hemp, maple, porcelain, pewter, jute, ash, suede, alpaca, granite, teak, nickel, sisal, cherry wood, enamel, mohair"
)

export const COLOURS = words(
  "black, white, grey, navy, green, red, blue, natural, brown, cream, charcoal, olive, mustard, burgundy, teal, sand, rust, forest green, sky blue, blush, copper, ivory, plum, turquoise, coral, lavender, ochre, indigo, mint, terracotta, slate blue, saffron, mauve, petrol, vermilion, celadon"
)

export const ADJECTIVES = words(
  "classic, small, large, new, modern, simple, sturdy, everyday, elegant, original, compact, soft, light, traditional, practical, handmade, timeless, minimal, robust, cheerful, slim, rustic, versatile, premium, playful, clever, vintage, generous, quiet, bold, Nordic, deluxe, honest, portable, heritage, seasonal, dependable, nimble, understated, whimsical, no-nonsense, spartan, opulent, unfussy"
)

export const PLACES = words(
  "Portugal, Sweden, Italy, Japan, Germany, Wales, Denmark, Spain, the Black Forest, Yorkshire, Brittany, Vermont, Finland, the Netherlands, Cornwall, Bohemia, Tuscany, Galicia, Jutland, Hokkaido, Oregon, Transylvania, Provence, Donegal, Puglia, the Basque Country, Lapland, Silesia, Burgundy, Tasmania"
)

/** Beginnings and ends of invented brands and series. */
export const NAME_PARTS = {
  begin: words(
    "Al, Bor, Cal, Dun, El, Fen, Gra, Hal, In, Jas, Kor, Lin, Mar, Nor, Os, Pel, Quin, Ros, Sel, Tam, Ul, Ves, Wil, Yor, Zan, Bri, Cor, Del, Fal, Gil, Har, Kes, Lor, Mel, Ned, Or, Pra, Rav, Stel, Thorn"
  ),
  middle: words("a, e, i, o, u, an, en, or, il, ar, ev, is, om, ul, ett, ing, and, erl"),
  end: words(
    "ton, by, ridge, wick, sen, mark, dale, well, field, ley, holm, stad, er, ia, o, ix, worth, combe, berg, quist, land, mere, ford, gate, haven, croft, low, stone, bury, vik"
  ),
}

/**
 * Sentences of descriptions; `{name}` stands for a word of a list.
 *
 * - thing, part, trait, use: of the product's category; material, colour, adjective, place: of all
 * - brand, series, number, year: of the product
 */
export const SENTENCES = [
  "The {series} {thing} by {brand} is made of {material} and built for {use}.",
  "A {adjective} {thing} for {use}.",
  "It is {trait} and {trait}, and the {part} is made of {material}.",
  "The {part} and the {part} can be replaced, so it lasts longer than most.",
  "We have sold it since {year}, and hardly anyone has sent one back.",
  "Made in {place} by a workshop of {number} people.",
  "Its {adjective} looks come in {colour} and {colour}.",
  "If you care about {use}, look no further.",
  "{brand} has changed the {part}: it is now {trait}.",
  "At {number} grams it is lighter than it looks.",
  "Customers use it for {use} as well as for {use}.",
  "The {material} comes from {place} and gets better with age.",
  "It arrives in a box without plastic, with spares for the {part}.",
  "Comes with a guarantee of {number} years on the {part}.",
  "Not the cheapest {thing} we have, but the one our own staff take home.",
  "Measures {number} by {number} centimetres, and fits where others don't.",
  "{trait}, {trait} and {adjective}: a {thing} that does its job.",
  "Designed in {place}, where {use} is taken seriously.",
  "The {colour} finish hides scratches, and the {part} wipes clean.",
  "Beginners like how {adjective} it is; experts like the {part}.",
  "Wash it warm, leave it to dry, and the {material} keeps its shape.",
  "Goes well with the other pieces of the {series} range in {colour}.",
  "Please note that the {part} is sold separately.",
  "A thoughtful present for anyone who dreams of {use}.",
  "The first {thing} by {brand} appeared in {year}; this is the fourth generation.",
]
